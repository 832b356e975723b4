variable "architecture" {
  description = "Processor that the functions run on; the package holds no machine code, so both work."
  nullable    = false
  default     = "arm64"
  type        = string
}

variable "async_maximum_age_s" {
  description = "Seconds that Lambda keeps trying an event of a direct route, its two retries included."
  nullable    = false
  default     = 3600
  type        = number
}

variable "code_signing_config_arn" {
  description = "ARN of the code signing configuration that the package must satisfy; a signed package comes from S3 (`lambda_zip_s3`). None by default."
  default     = null
  type        = string
}

variable "hour_shards" {
  description = "Shards that a symbol's hour is spread over in the symbol-time index; readers query each of them. Raise it at any time, readers first."
  nullable    = false
  default     = 4
  type        = number
}

variable "lambda_zip_path" {
  description = "Path of the function package, from this folder; not asked for when it is an object in S3."
  nullable    = false
  default     = "../build/lambda.zip"
  type        = string
}

variable "lambda_zip_s3" {
  description = "The function package as an object in a bucket of the stack's region, with its SHA-256 in base64, by which a new package is noticed; null when it is a file."
  default     = null
  type = object({
    bucket         = string
    key            = string
    object_version = optional(string)
    sha256         = string
  })
}

variable "late_after_ms" {
  description = "Milliseconds between event time and receipt after which a tick is observed as late."
  nullable    = false
  default     = 1000
  type        = number
}

variable "log_level" {
  description = "Lowest level the functions log."
  nullable    = false
  default     = "INFO"
  type        = string
}

variable "log_origin" {
  description = "Name of the audit log in its checkpoints, unique for ever; made of account and suffix when absent."
  default     = null
  type        = string
}

variable "max_item_bytes" {
  description = "Largest item, in bytes, that a record is stored in; a larger one is continued in further items."
  nullable    = false
  default     = 350000
  type        = number
}

variable "minute_shards" {
  description = "Shards that a venue's minute is spread over in the exchange-time index; readers query each of them. Raise it at any time, readers first."
  nullable    = false
  default     = 8
  type        = number
}

variable "permissions_boundary_arn" {
  description = "ARN of the managed policy that bounds every role of the stack, where an account demands one; none by default."
  default     = null
  type        = string
}

variable "record_shards" {
  description = "Shards that a symbol's hour is spread over in the market table; more than one where a venue has over 500 records a second of one symbol and type (DynamoDB writes 1,000 units a second to a partition, and a transaction takes two for each KB). Change it between sessions: an event that is delivered again across the change is recorded twice."
  nullable    = false
  default     = 1
  type        = number
}

variable "role_path" {
  description = "Path of every role and managed policy of the stack, where an account demands one."
  nullable    = false
  default     = "/"
  type        = string
}

variable "runtime" {
  description = "Lambda runtime of the functions."
  nullable    = false
  default     = "python3.11"
  type        = string
}

variable "sealer" {
  description = "How the sealer runs: size in MB, timeout in seconds and reserved concurrency (1 keeps two runs from racing; none shares the account's pool, and the loser of a race gives way)."
  nullable    = false
  default     = {}
  type = object({
    memory_mb            = optional(number, 512)
    reserved_concurrency = optional(number)
    timeout_s            = optional(number, 60)
  })
}

variable "sign_from_function_only" {
  description = "Whether the sealer's role may sign from the sealer's own function only, which Lambda vouches for; off where nothing does, as in the embedded AWS."
  nullable    = false
  default     = true
  type        = bool
}

variable "tracing_mode" {
  description = "X-Ray tracing of the functions: Active traces one request a second and 5 % of the rest (Lambda fixes that rate), PassThrough only what a publisher already traces."
  nullable    = false
  default     = "Active"
  type        = string
}

variable "vpc" {
  description = "Subnets and security groups that the functions run in, which need a way to DynamoDB, KMS, S3, SQS, CloudWatch Logs and X-Ray; null runs them outside a VPC."
  default     = null
  type = object({
    security_group_ids = list(string)
    subnet_ids         = list(string)
  })
}
