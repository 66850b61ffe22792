#!/bin/sh
# Prints the newest Python that fits, preferring versions all our packages are built for.
for name in python3.13 python3.12 python3.11 python3.14 python3; do
  if command -v "$name" >/dev/null 2>&1 &&
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    command -v "$name"
    exit 0
  fi
done
echo "Python 3.11 oder neuer fehlt. Unter Debian und Ubuntu: apt-get install python3 python3-venv" >&2
exit 1
