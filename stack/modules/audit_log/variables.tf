variable "account" {
  description = "Where the stack lives."
  nullable    = false
  type = object({
    id        = string
    partition = string
    region    = string
  })
}

variable "async_maximum_age_s" {
  description = "Seconds that Lambda keeps trying an invocation of the sealer, its two retries included."
  nullable    = false
  type        = number
}

variable "checkpoint_algorithm" {
  description = "Algorithm that signs checkpoints."
  nullable    = false
  type        = string
}

variable "checkpoint_key_generations" {
  description = "Names of the keys that may sign, oldest first; the last one does."
  nullable    = false
  type        = list(string)
}

variable "data_key_arn" {
  description = "ARN of the key that encrypts the table, the bucket, queues, logs and environment variables."
  nullable    = false
  type        = string
}

variable "dlq_retention_seconds" {
  description = "Seconds a dead-letter queue keeps a message."
  nullable    = false
  type        = number
}

variable "environment" {
  description = "Environment variables that every function of the stack gets."
  nullable    = false
  type        = map(string)
}

variable "environment_suffix" {
  description = "Ends every name, so that several environments fit in one account."
  nullable    = false
  type        = string
}

variable "function" {
  description = "How the sealer runs: package by path or in S3, runtime, VPC, size in MB, timeout in seconds, concurrency and tracing."
  nullable    = false
  type = object({
    architecture            = string
    code_signing_config_arn = optional(string)
    memory_mb               = number
    reserved_concurrency    = optional(number)
    runtime                 = string
    timeout_s               = number
    tracing_mode            = string
    vpc = optional(object({
      security_group_ids = list(string)
      subnet_ids         = list(string)
    }))
    zip_path = optional(string)
    zip_s3 = optional(object({
      bucket         = string
      key            = string
      object_version = optional(string)
      sha256         = string
    }))
  })
}

variable "key_administration_actions" {
  description = "Actions on a key that the account may grant by IAM: all but the cryptographic ones."
  nullable    = false
  type        = list(string)
}

variable "key_deletion_window_days" {
  description = "Days between the key's destruction and its end."
  nullable    = false
  type        = number
}

variable "log_retention_days" {
  description = "Days the sealer's log is kept."
  nullable    = false
  type        = number
}

variable "overwritten_tile_days" {
  description = "Days the bucket keeps an overwritten version of a tile or checkpoint."
  nullable    = false
  type        = number
}

variable "roles" {
  description = "Path and permissions boundary of the module's roles."
  nullable    = false
  default     = {}
  type = object({
    path                     = optional(string, "/")
    permissions_boundary_arn = optional(string)
  })
}

variable "seal_every_minutes" {
  description = "Minutes between two runs of the sealer."
  nullable    = false
  type        = number
}

variable "sign_from_function_only" {
  description = "Whether the sealer's role may sign from the sealer's own function only."
  nullable    = false
  type        = bool
}
