variable "runtime" { default = "nodejs16.x" }
resource "aws_lambda_function" "a" {
  function_name = "a"
  role          = "r"
  runtime       = "python3.9"
}
resource "aws_lambda_function" "b" {
  function_name = "b"
  role          = "r"
  runtime       = "go1.x"
}
resource "aws_lambda_function" "c" {
  function_name = "c"
  role          = "r"
  runtime       = var.runtime
}
resource "aws_lambda_function" "d" {
  function_name = "d"
  role          = "r"
  runtime       = "nodejs4.3-edge"
}
resource "aws_lambda_function" "e" {
  function_name = "e"
  role          = "r"
  runtime       = "provided"
}
resource "aws_lambda_function" "f" {
  for_each      = toset(["ruby2.7", "dotnet6"])
  function_name = each.key
  role          = "r"
  runtime       = each.key
}
resource "aws_lambda_function" "g" {
  function_name = "g"
  role          = "r"
  package_type  = "Image"
  runtime       = "java8"
}
resource "aws_lambda_function" "h" {
  function_name = "h"
  role          = "r"
  runtime       = "dotnetcore3.1"
  package_type  = "Zip"
}
