using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Model and vector services. Sources: each provider's own key documentation.</summary>
internal static class ArtificialIntelligencePatterns
{
    public static readonly SecretPattern[] All =
    [
        // OpenAI marks its keys with the base64 of "OpenAI" in the middle.
        Shape("openai-key", "OpenAI", Text("sk-"), Run(Base62, 20), Text("T3BlbkFJ"), Run(Base62, 20)),
        Shape("openai-project-key", "OpenAI", Text("sk-proj-"), Run(Base64Url, 74), Text("T3BlbkFJ"), Run(Base64Url, 74)),
        Shape("openai-project-key-short", "OpenAI", Text("sk-proj-"), Run(Base64Url, 58), Text("T3BlbkFJ"), Run(Base64Url, 58)),
        Shape("openai-service-account-key", "OpenAI", Text("sk-svcacct-"), Run(Base64Url, 74), Text("T3BlbkFJ"), Run(Base64Url, 74)),
        Shape("openai-service-account-key-short", "OpenAI", Text("sk-svcacct-"), Run(Base64Url, 58), Text("T3BlbkFJ"), Run(Base64Url, 58)),
        Shape("openai-admin-key", "OpenAI", Text("sk-admin-"), Run(Base64Url, 74), Text("T3BlbkFJ"), Run(Base64Url, 74)),
        Shape("openai-admin-key-short", "OpenAI", Text("sk-admin-"), Run(Base64Url, 58), Text("T3BlbkFJ"), Run(Base64Url, 58)),
        Token("openai-scoped-key", "OpenAI", "sk-proj-", Base64Url, 40, 180),
        Token("anthropic-api-key", "Anthropic", "sk-ant-api03-", Base64Url, 80, 120),
        Token("anthropic-admin-key", "Anthropic", "sk-ant-admin01-", Base64Url, 80, 120),
        Token("anthropic-oauth-token", "Anthropic", "sk-ant-oat01-", Base64Url, 80, 120),
        Token("openrouter-api-key", "OpenRouter", "sk-or-v1-", LowerHex, 64),
        PrefixedUuid("langfuse-secret-key", "Langfuse", "sk-lf-"),
        // The bare prefix is shared by OpenAI's first keys, DeepSeek, LiteLLM, Stability and others; hand-typed samples end up in products.
        new SecretPattern("sk-api-key", "sk- API key", [Text("sk-"), Run(Base62, 16, 64)]) { AcceptsSequences = true, Confidence = SecretConfidence.Medium },
        Token("huggingface-token", "Hugging Face", "hf_", Letters, 34),
        Token("huggingface-organization-token", "Hugging Face", "api_org_", Letters, 34),
        Token("groq-api-key", "Groq", "gsk_", Base62, 52),
        Token("xai-api-key", "xAI", "xai-", Base62, 80),
        Token("perplexity-api-key", "Perplexity", "pplx-", Base62, 48),
        Token("replicate-api-token", "Replicate", "r8_", Base62, 37),
        Token("nvidia-api-key", "NVIDIA", "nvapi-", Base64Url, 64),
        Token("cerebras-api-key", "Cerebras", "csk-", LowerAlnum, 48),
        Token("together-api-key", "Together AI", "tgp_v1_", Base64Url, 43),
        Token("fireworks-api-key", "Fireworks AI", "fw_", Base62, 22, 24),
        Token("tavily-api-key", "Tavily", "tvly-dev-", Base62, 32),
        Token("tavily-production-key", "Tavily", "tvly-", Base62, 32),
        Token("firecrawl-api-key", "Firecrawl", "fc-", LowerHex, 32),
        Token("jina-api-key", "Jina AI", "jina_", Base64Url, 60),
        Token("voyage-api-key", "Voyage AI", "pa-", Base64Url, 43),
        Token("runpod-api-key", "RunPod", "rpa_", UpperAlnum, 38, 48),
        Token("e2b-api-key", "E2B", "e2b_", LowerHex, 40),
        Shape("pinecone-api-key", "Pinecone", Text("pcsk_"), Run(Base62, 5, 6), Text("_"), Run(Base62, 63)),
        Shape("langsmith-pat", "LangSmith", Text("lsv2_pt_"), Run(LowerHex, 32), Text("_"), Run(LowerHex, 10)),
        Shape("langsmith-service-key", "LangSmith", Text("lsv2_sk_"), Run(LowerHex, 32), Text("_"), Run(LowerHex, 10)),
        Token("elevenlabs-api-key", "ElevenLabs", "sk_", LowerHex, 48),
        Token("modal-token-secret", "Modal", "as-", Base62, 22),
        Named("cohere-api-key", "Cohere", ["cohere", "coapikey"], Base62, 40),
        Named("mistral-api-key", "Mistral", ["mistral"], Base62, 32),
        Named("stability-api-key", "Stability AI", ["stabilityai", "dreamstudio"], Text("sk-"), Run(Base62, 48)),
        Named("assemblyai-api-key", "AssemblyAI", ["assemblyai"], LowerHex, 32),
        Named("deepgram-api-key", "Deepgram", ["deepgram"], LowerHex, 40),
        Named("wandb-api-key", "Weights and Biases", ["wandb"], LowerHex, 40),
        PrefixedUuid("privateai-prefixed-key", "Private AI", "pai-"),
        Named("privateai-api-key", "Private AI", ["privateai"], LowerAlnum, 32),
        Named("clarifai-pat", "Clarifai", ["clarifai"], LowerHex, 32),
    ];
}
