using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.Decisions;

/// <summary>Sign-ins that go on with the session from before (CWE-384).</summary>
internal static class SessionRenewal
{
    /// <summary>Whether a call signs somebody in.</summary>
    public static bool IsSignIn(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "SignInAsync", ContainingType.Name: "AuthenticationHttpContextExtensions" or "SignInManager" } => true,
        { Name: "PasswordSignInAsync", ContainingType.Name: "SignInManager" } => true,
        { Name: "SetAuthCookie" or "RedirectFromLoginPage" or "Authenticate", ContainingType.Name: "FormsAuthentication" } => true,
        { Name: "ValidateUser", ContainingType.Name: "Membership" } => true,
        _ => false,
    };

    /// <summary>The first thing that the signing-in method keeps in the old session; null when it renews the session or keeps nothing.</summary>
    public static IOperation? FindKeptSession(IInvocationOperation signIn, SourceIndex index)
    {
        if (index.Surrounding(signIn) is not { } body)
            return null;
        IOperation? kept = null;
        foreach (IOperation operation in body.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: "Clear" or "Abandon" or "RemoveAll", Instance: { } renewed } when IsSession(renewed):
                case IInvocationOperation { TargetMethod.ContainingType.Name: "SessionIDManager" }:
                    return null;
                case IInvocationOperation { TargetMethod.Name: "SetString" or "SetInt32" or "Set" or "Add" } write when write.Receiver() is { } session && IsSession(session):
                    kept ??= write;
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } state } } when IsSession(state):
                    kept ??= operation;
                    break;
            }
        }

        return kept;
    }

    private static bool IsSession(IOperation operation) => operation.WithoutConversions().Type?.Name is "ISession" or "HttpSessionState" or "HttpSessionStateBase";
}
