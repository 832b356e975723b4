data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# ARNs are made from the variable, before anything exists that could be asked.
data "aws_region" "current" {
  lifecycle {
    postcondition {
      condition     = self.id == var.region
      error_message = "The provider works in another region than var.region says: give the module a provider of that region."
    }
  }
}
