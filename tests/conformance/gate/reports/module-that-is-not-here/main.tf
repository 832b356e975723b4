module "bus" {
  source  = "terraform-aws-modules/eventbridge/aws"
  version = "3.2.0"
  bus_name = "market"
}
