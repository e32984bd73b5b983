using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Microsoft Azure and Entra. Source: the signatures of Azure's identifiable keys as published with microsoft/security-utilities; the seeds of their checksums are not part of the documentation, so the signature is what counts.</summary>
internal static class AzurePatterns
{
    public static readonly SecretPattern[] All =
    [
        // Common annotated key: 52 random characters, the marker, platform and provider data, signature and checksum.
        Shape("azure-common-annotated-key", "Azure", Run(Base62, 52), Text("JQQJ9"), Run(new Alphabet("9DH"), 1), Run(Base62, 1), Run(new Alphabet("ABCDEFGHIJKL"), 1), Run(Base62, 24)),
        Shape("azure-common-annotated-key-long", "Azure", Run(Base62, 52), Text("JQQJ9"), Run(new Alphabet("9DH"), 1), Run(Base62, 1), Run(new Alphabet("ABCDEFGHIJKL"), 1), Run(Base62, 26), Text("==")),
        // 64-byte keys: 86 characters of base64 and two of padding.
        Identifiable("azure-storage-account-key", "Azure Storage", 76, "+ASt", 6, "=="),
        Identifiable("azure-cosmos-db-key", "Azure Cosmos DB", 76, "ACDb", 6, "=="),
        Identifiable("azure-batch-key", "Azure Batch", 76, "+ABa", 6, "=="),
        Identifiable("azure-ml-classic-key", "Azure Machine Learning", 76, "+AMC", 6, "=="),
        Identifiable("azure-api-management-direct-key", "Azure API Management", 76, "APIM", 6, "=="),
        // 32-byte keys: 43 characters of base64 and one of padding.
        Identifiable("azure-relay-key", "Azure Relay", 33, "+ARm", 6, "="),
        Identifiable("azure-event-hub-key", "Azure Event Hubs", 33, "+AEh", 6, "="),
        Identifiable("azure-service-bus-key", "Azure Service Bus", 33, "+ASb", 6, "="),
        Identifiable("azure-iot-key", "Azure IoT", 33, "AIoT", 6, "="),
        Identifiable("azure-redis-key", "Azure Cache for Redis", 33, "AzCa", 6, "="),
        Identifiable("azure-event-grid-key", "Azure Event Grid", 33, "AZEG", 6, "="),
        Identifiable("azure-container-registry-key", "Azure Container Registry", 42, "+ACR", 6, ""),
        Identifiable("azure-function-key", "Azure Functions", 44, "AzFu", 6, "=="),
        Identifiable("azure-search-key", "Azure AI Search", 42, "AzSe", 6, ""),
        // Entra application password: three random characters, a digit, the marker, 31 to 34 more.
        Shape("entra-client-secret", "Microsoft Entra", Run(AzureSecret, 3), Run(Digits, 1), Text("Q~"), Run(AzureSecret, 31, 34)),
        Named("azure-storage-legacy-key", "Azure Storage", ["accountkey", "storagekey", "azurestorage", "storageaccount"], Run(Base64, 86), Text("==")),
        Named("azure-cosmos-legacy-key", "Azure Cosmos DB", ["cosmos", "documentdb"], Run(Base64, 86), Text("==")),
        Named("azure-messaging-legacy-key", "Azure messaging", ["sharedaccesskey", "servicebus", "eventhub", "iothub", "sastoken", "saskey"], Run(Base64, 43), Text("=")),
        Named("azure-subscription-key", "Azure AI services", ["subscriptionkey", "cognitive", "azureopenai", "speechkey", "ocpapim"], LowerHex, 32),
        Named("azure-publish-profile-password", "Azure App Service", ["userpwd", "publishpassword"], Base62, 60),
        // A shared access signature: the query parameter holds 32 bytes of HMAC, percent-encoded or not.
        Token("azure-sas-signature", "Azure", "sig=", Base64.With("%"), 43, 56),
        Token("databricks-token", "Databricks", "dapi", LowerHex, 32),
        Shape("databricks-scoped-token", "Databricks", Text("dapi"), Run(LowerHex, 32), Text("-"), Run(Digits, 1)),
    ];
}
