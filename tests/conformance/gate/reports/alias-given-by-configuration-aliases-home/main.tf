provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "second"
  region = "us-east-1"
}
module "pair" {
  source    = "./pair"
  providers = { aws = aws, aws.replica = aws.second }
}
