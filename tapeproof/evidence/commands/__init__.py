"""What each subcommand of ``tapeproof evidence`` does."""
