variable "data_key_arn" {
  description = "ARN of the key that encrypts the table."
  nullable    = false
  type        = string
}

variable "environment_suffix" {
  description = "Ends every name, so that several environments fit in one account."
  nullable    = false
  type        = string
}
