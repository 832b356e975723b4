provider "aws" { region = "us-east-1" }
variable "regions" { default = ["us-east-1", "ap-southeast-2"] }
resource "aws_cloudwatch_event_bus" "b" {
  for_each = toset(var.regions)
  region   = each.value
  name     = "market"
}
