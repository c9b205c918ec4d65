"""Where the frozen programs ``briefpack`` and ``briefpack-window`` start."""

import multiprocessing

from briefpack.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # readers of foreign files run in child processes, which start here too
    main()
