variable "environment_suffix" {
  description = "Ends every name."
  nullable    = false
  default     = "example"
  type        = string
}

variable "lambda_zip_path" {
  description = "Path of the function package, from this folder."
  nullable    = false
  default     = "../../../build/lambda.zip"
  type        = string
}

variable "region" {
  description = "Region of the system."
  nullable    = false
  default     = "us-east-1"
  type        = string
}

variable "venues" {
  description = "Exchanges whose events are taken."
  nullable    = false
  default     = ["coinbase", "kraken"]
  type        = list(string)
}
