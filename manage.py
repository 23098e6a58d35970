#!/usr/bin/env python
"""Django's command line, with the settings of the chosen profile."""

import os
import sys


def main() -> None:
    """Run one management command against the services that are up."""
    from services.env import act_as_owner, require_running

    require_running()
    act_as_owner()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"partybuild.settings.{os.environ.get('PROFILE', 'demo')}")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
