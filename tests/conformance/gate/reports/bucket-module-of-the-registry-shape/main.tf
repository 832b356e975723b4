provider "aws" { region = "us-east-1" }
module "bucket" {
  source                                = "./bucket"
  bucket                                = "reports"
  attach_deny_insecure_transport_policy = true
}
