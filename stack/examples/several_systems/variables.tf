variable "environment_suffix" {
  description = "Ends every name, after the system's own."
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
  description = "Region of the systems."
  nullable    = false
  default     = "us-east-1"
  type        = string
}

variable "systems" {
  description = "The systems by what stands before the suffix in their names: what each takes, and how long it keeps its logs."
  nullable    = false
  type = map(object({
    log_retention_days = optional(number, 365)
    routes = optional(map(object({
      delivery     = optional(string, "direct")
      detail_types = list(string)
    })), { trade = { detail_types = ["Trade"] } })
    venues = list(string)
  }))

  default = {
    crypto = { venues = ["coinbase", "kraken"] }
    equity = {
      log_retention_days = 2192
      venues             = ["nyse"]

      routes = {
        quote = { delivery = "buffered", detail_types = ["Quote"] }
        trade = { detail_types = ["Trade"] }
      }
    }
  }
}
