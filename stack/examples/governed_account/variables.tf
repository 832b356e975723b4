variable "code_signing_config_arn" {
  description = "ARN of the code signing configuration that the package must satisfy."
  nullable    = false
  type        = string
}

variable "environment_suffix" {
  description = "Ends every name."
  nullable    = false
  default     = "example"
  type        = string
}

variable "package" {
  description = "The signed package: bucket, key, version and SHA-256 in base64."
  nullable    = false
  type = object({
    bucket         = string
    key            = string
    object_version = optional(string)
    sha256         = string
  })
}

variable "permissions_boundary_arn" {
  description = "ARN of the boundary of every role."
  nullable    = false
  type        = string
}

variable "region" {
  description = "Region of the system."
  nullable    = false
  default     = "us-east-1"
  type        = string
}

variable "role_path" {
  description = "Path of every role."
  nullable    = false
  default     = "/workloads/"
  type        = string
}

variable "vpc" {
  description = "Subnets and security groups of the functions."
  nullable    = false
  type = object({
    security_group_ids = list(string)
    subnet_ids         = list(string)
  })
}
