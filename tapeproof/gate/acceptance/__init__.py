"""What somebody answers for: findings that are accepted as they are, and no worse."""
