provider "aws" {
  region = var.region

  default_tags {
    tags = merge(var.tags, {
      Application = "tapeproof"
      Environment = var.environment_suffix
      ManagedBy   = "terraform"
    })
  }
}
