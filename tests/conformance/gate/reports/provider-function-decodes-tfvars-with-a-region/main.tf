locals {
  shared = provider::terraform::decode_tfvars(file("${path.module}/../${basename(path.module)}/shared.auto.txt"))
}
provider "aws" { region = provider::terraform::decode_tfvars("region = \"eu-west-1\" # home\n").region }
resource "aws_sns_topic" "t" { name = local.shared.name }
