using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Answers and tool calls of chat models. Whoever writes any text that the model reads has a say in them.</summary>
internal static class ChatModelSources
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // Microsoft.Extensions.AI reference.
        .. Properties(SourceKinds.ChatModelOutput, "Microsoft.Extensions.AI.ChatResponse", "chat model", "Text", "Messages"),
        .. Properties(SourceKinds.ChatModelOutput, "Microsoft.Extensions.AI.ChatResponse`1", "chat model", "Result"),
        .. Properties(SourceKinds.ChatModelOutput, "Microsoft.Extensions.AI.ChatResponseUpdate", "chat model", "Text", "Contents"),
        .. Properties(SourceKinds.ChatModelOutput, "Microsoft.Extensions.AI.FunctionCallContent", "tool call of the chat model", "Arguments", "Name"),

        // OpenAI and Azure SDK reference.
        .. Properties(SourceKinds.ChatModelOutput, "OpenAI.Chat.ChatCompletion", "chat model", "Content", "ToolCalls"),
        .. Properties(SourceKinds.ChatModelOutput, "OpenAI.Chat.ChatToolCall", "tool call of the chat model", "FunctionArguments", "FunctionName"),
        .. Properties(SourceKinds.ChatModelOutput, "OpenAI.Chat.StreamingChatCompletionUpdate", "chat model", "ContentUpdate"),

        // Semantic Kernel reference.
        .. Results(SourceKinds.ChatModelOutput, "Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService", "chat model", "GetChatMessageContentsAsync", "GetStreamingChatMessageContentsAsync"),
        .. Results(SourceKinds.ChatModelOutput, "Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions", "chat model", "GetChatMessageContentAsync"),
        .. Results(SourceKinds.ChatModelOutput, "Microsoft.SemanticKernel.KernelExtensions", "chat model", "InvokePromptAsync", "InvokePromptStreamingAsync"),
    ]);
}
