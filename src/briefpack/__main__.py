"""``python -m briefpack`` is the ``briefpack`` command."""

from briefpack.cli.main import main

if __name__ == "__main__":
    main()
