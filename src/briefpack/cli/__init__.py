"""The ``briefpack`` command: a second front end that keeps the core honest."""
