locals {
  token_names = ["feed-token", "mail-token"]
}
