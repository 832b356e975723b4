variable "code_signing_config_arn" {
  description = "ARN of the code signing configuration that the package must satisfy; a signed package comes from S3 (`lambda_zip_s3`). None by default."
  default     = null
  type        = string

  validation {
    condition     = var.code_signing_config_arn == null ? true : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:code-signing-config:csc-[a-z0-9]{17}$", var.code_signing_config_arn)) && var.lambda_zip_s3 != null
    error_message = "code_signing_config_arn must be the ARN of a Lambda code signing configuration (it ends in csc- and 17 letters and digits), and the package an object in S3 (lambda_zip_s3), where AWS Signer puts what it signed."
  }
}

variable "lambda_zip_path" {
  description = "Path of the function package, from where Terraform runs; null when it is an object in S3."
  default     = null
  type        = string

  validation {
    condition     = var.lambda_zip_path == null ? true : fileexists(var.lambda_zip_path)
    error_message = "lambda_zip_path names no file: build the package with `python -m tapeproof.local.package`, or name another."
  }

  validation {
    condition     = (var.lambda_zip_path == null) != (var.lambda_zip_s3 == null)
    error_message = "The package is either a file, lambda_zip_path, or an object in S3, lambda_zip_s3: set one of them and leave the other null."
  }
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

  validation {
    condition     = var.lambda_zip_s3 == null ? true : can(regex("^[A-Za-z0-9+/]{43}=$", var.lambda_zip_s3.sha256)) && length(var.lambda_zip_s3.bucket) >= 3 && length(var.lambda_zip_s3.key) >= 1
    error_message = "lambda_zip_s3 must name a bucket and a key, and its sha256 be 44 characters of base64, as `openssl dgst -sha256 -binary lambda.zip | base64` prints."
  }
}
