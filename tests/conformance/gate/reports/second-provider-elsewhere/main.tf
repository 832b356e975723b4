provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "backup"
  region = "us-west-2"
}
