using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-918: input as the host of a request. A URL out of another server's answer is that server's business.</summary>
internal static class ServerSideRequestForgery
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.ServerSideRequestForgery, SourceKinds.Untrusted & ~SourceKinds.RemoteResponse, SinkKinds.RequestHost | SinkKinds.ConnectionHost);
}
