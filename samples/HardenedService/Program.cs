using HardenedService;

// Secrets come from the environment or from files in /run/secrets: Service__TokenKey, Service__DataKey and Service__AuditKey, 32 bytes each in base64.
await Service.Build(args).RunAsync();
