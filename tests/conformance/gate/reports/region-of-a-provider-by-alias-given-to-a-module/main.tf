provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias  = "dr"
  region = element(["us-east-1", "eu-west-1"], 1)
}
module "m" {
  source    = "./m"
  providers = { aws.other = aws.dr }
}
