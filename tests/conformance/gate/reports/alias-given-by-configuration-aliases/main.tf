provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "dr"
  region = "eu-central-1"
}
module "pair" {
  source    = "./pair"
  providers = { aws = aws, aws.replica = aws.dr }
}
