using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Engine;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Tells parameters that a web framework fills from the request from those that it takes from its services.</summary>
internal static class RequestParameters
{
    private static readonly HashSet<string> s_services = new(StringComparer.Ordinal)
    {
        "CancellationToken", "HttpContext", "HttpRequest", "HttpResponse", "ClaimsPrincipal", "IServiceProvider", "HubCallerContext", "ServerCallContext", "LinkGenerator", "TimeProvider",
        "FunctionContext", "ILambdaContext", "ILogger", "HttpRequestMessage", "HttpRequestData", "HttpContextBase", "IFormFile", "IFormFileCollection", "TimerInfo", "BindingContext",
        "EndpointFilterInvocationContext", "Kernel", "IServerStreamWriter",
    };

    private static readonly HashSet<string> s_fromRequest = new(StringComparer.Ordinal)
    {
        "FromQueryAttribute", "FromRouteAttribute", "FromFormAttribute", "FromBodyAttribute", "FromHeaderAttribute", "AsParametersAttribute", "FromUriAttribute", "BindAttribute",
        "ModelBinderAttribute",
    };

    /// <summary>Whether the parameter's value comes from the request.</summary>
    /// <param name="parameter">A parameter of an action, handler or endpoint.</param>
    /// <param name="isMinimalApi">Whether unmarked class parameters may be services.</param>
    public static bool IsFromRequest(IParameterSymbol parameter, bool isMinimalApi)
    {
        if (parameter.RefKind == RefKind.Out || IsCollectionOfNumbers(parameter.Type))
            return false;
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            string? name = attribute.AttributeClass?.Name;
            if (name is "FromServicesAttribute" or "FromKeyedServicesAttribute")
                return false;
            if (name is not null && s_fromRequest.Contains(name))
                return true;
        }

        ITypeSymbol type = parameter.Type;
        if (s_services.Contains(type.Name))
            return false;
        if (type.Name is "Stream" or "PipeReader")
            return true;
        return IsPlainValue(type) || !(isMinimalApi ? !LooksLikeData(type) : LooksLikeService(type));
    }

    /// <summary>Whether the value is an object that binding fills member by member.</summary>
    public static bool IsBoundObject(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsBoundMember(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var element] } collection when ValueTypes.IsCollection(collection) => IsBoundMember(element),
        _ => IsBoundMember(type),
    };

    private static bool IsBoundMember(ITypeSymbol type) => !IsPlainValue(type) && type.TypeKind is TypeKind.Class or TypeKind.Struct && LooksLikeData(type);

    /// <summary>Whether the type is an array or collection of numbers, enums, dates or identifiers: joined to a text they stay harmless.</summary>
    private static bool IsCollectionOfNumbers(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => ValueTypes.IsNumber(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var element] } collection => ValueTypes.IsCollection(collection) && ValueTypes.IsNumber(element),
        _ => false,
    };

    private static bool IsPlainValue(ITypeSymbol type) =>
        type.SpecialType != SpecialType.None || type.TypeKind is TypeKind.Enum or TypeKind.Array or TypeKind.TypeParameter
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || type.AllInterfaces.Any(static one => one is { Name: "IEnumerable", ContainingNamespace.Name: "Collections" }) || type.Name is "StringValues" or "Uri" or "Guid" or "DateTimeOffset" or "DateOnly"
        || type.TypeKind == TypeKind.Interface && type.Name is "IEnumerable" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "IDictionary" or "IAsyncStreamReader" or "IAsyncEnumerable";

    /// <summary>A class with something to bind: a settable property, or a record's parameters.</summary>
    private static bool LooksLikeData(ITypeSymbol type)
    {
        if (LooksLikeService(type))
            return false;
        if (type.IsRecord || type.Name.StartsWith("Json", StringComparison.Ordinal))
            return true;
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            if (current.GetMembers().Any(static member => member is IPropertySymbol { IsStatic: false, IsIndexer: false, SetMethod.DeclaredAccessibility: Accessibility.Public }))
                return true;
        }

        return false;
    }

    private static bool LooksLikeService(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Interface or TypeKind.Delegate)
            return true;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "DbContext" or "Hub" or "ControllerBase" or "HttpClient" or "DbConnection" or "DelegatingHandler")
                return true;
        }

        // A constructor that wants interfaces is meant for a container.
        return type is INamedTypeSymbol { IsRecord: false } named && named.IsInSource() && named.InstanceConstructors.Length == 1
            && named.InstanceConstructors[0].Parameters.Any(static parameter => parameter.Type.TypeKind == TypeKind.Interface && parameter.Type.SpecialType == SpecialType.None && !parameter.Type.Name.StartsWith("IEnumerable", StringComparison.Ordinal));
    }
}
