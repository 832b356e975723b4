locals {
  databasepassword = "hunter2x"
}
