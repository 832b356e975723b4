data "cloudinit_config" "worker" {
  part {
    content_type = "text/x-shellscript"
    content      = <<-EOT
      #!/bin/bash
      mysqladmin -u root password=Gr33n-Apple-77
      export PGPASSWORD='Gr33n-Apple-77'
    EOT
  }
}
