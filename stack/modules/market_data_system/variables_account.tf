variable "permissions_boundary_arn" {
  description = "ARN of the managed policy that bounds every role of the stack, where an account demands one; none by default."
  default     = null
  type        = string

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a managed policy, e.g. arn:aws:iam::ACCOUNT:policy/boundary."
  }
}

variable "role_path" {
  description = "Path of every role and managed policy of the stack, where an account demands one."
  nullable    = false
  default     = "/"
  type        = string

  # AWS IAM User Guide, "IAM and AWS STS quotas": a path has up to 512 characters; the room in the auditor's policies is for 32.
  validation {
    condition     = can(regex("^/([A-Za-z0-9+=,.@_-]+/)*$", var.role_path)) && length(var.role_path) <= 32
    error_message = "role_path must begin and end with /, e.g. /workloads/, and have up to 32 characters."
  }
}

variable "vpc" {
  description = "Subnets and security groups that the functions run in, which need a way to DynamoDB, KMS, S3, SQS, CloudWatch Logs and X-Ray; null runs them outside a VPC."
  default     = null
  type = object({
    security_group_ids = list(string)
    subnet_ids         = list(string)
  })

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) >= 2 && alltrue([for id in var.vpc.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))]) && length(var.vpc.security_group_ids) >= 1 && alltrue([for id in var.vpc.security_group_ids : can(regex("^sg-[0-9a-f]+$", id))])
    error_message = "vpc must list at least two subnets (subnet-...), in different zones, and at least one security group (sg-...)."
  }
}
