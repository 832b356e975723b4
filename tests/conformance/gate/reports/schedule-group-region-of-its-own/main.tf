provider "aws" { region = "us-east-1" }
resource "aws_scheduler_schedule_group" "g" {
  name   = "g"
  region = join("-", ["eu", "west", "3"])
}
