locals {
  allowed_tokens = ["id", "access"]
}
