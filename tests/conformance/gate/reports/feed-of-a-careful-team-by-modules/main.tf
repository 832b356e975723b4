terraform {
  required_version = ">= 1.9"
  required_providers { aws = { source = "hashicorp/aws", version = "~> 5.80" } }
}
provider "aws" {
  region = var.region
  default_tags { tags = { team = "feeds" } }
}
variable "region" {
  type    = string
  default = "us-east-1"
}
variable "environment_suffix" { type = string }
variable "feeds" {
  type = map(object({
    sources = list(string)
    timeout = optional(number, 30)
    memory  = optional(number, 512)
  }))
  default = {
    trades = { sources = ["exchange.trades"] }
    quotes = { sources = ["exchange.quotes"], timeout = 60 }
  }
}
resource "aws_cloudwatch_event_bus" "feeds" { name = "bus-feeds-${var.environment_suffix}" }
module "key" {
  source = "./key"
  suffix = var.environment_suffix
}
module "feed" {
  for_each   = var.feeds
  source     = "./feed"
  name       = each.key
  settings   = each.value
  bus        = aws_cloudwatch_event_bus.feeds
  key_arn    = module.key.arn
  suffix     = var.environment_suffix
}
