provider "aws" {
  region = "us-east-1"
}
resource "aws_dlm_lifecycle_policy" "p" {
  description        = "d"
  execution_role_arn = "r"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { a = "b" }
    schedule {
      name = "s"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 3
      }
      cross_region_copy_rule {
        target    = "eu-west-1"
        encrypted = true
      }
    }
  }
}
