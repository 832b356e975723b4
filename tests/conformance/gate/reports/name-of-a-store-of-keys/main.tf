locals {
  keystorepass = "hunter2x"
}
