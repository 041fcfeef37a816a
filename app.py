"""Starts the window with the settings of the environment: `python app.py` does what `kamerantwoord serve` does."""

import sys

from chatbot.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
