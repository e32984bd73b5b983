using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Encoders and filters: what they return is harmless for some sinks.</summary>
internal static class EncodingSanitizers
{
    private const SinkKinds Line = SinkKinds.LogTemplate | SinkKinds.HttpHeader | SinkKinds.MailHeader;

    private const string Output = "SecurityToolchain.Runtime.Output.OutputEncoder";

    // Percent encoding leaves letters, digits and "-_.~%": harmless nearly everywhere.
    private const SinkKinds Percent = SinkKinds.AllInjection & ~(SinkKinds.TypeName | SinkKinds.RegexInput | SinkKinds.Deserialization | SinkKinds.AllocationSize | SinkKinds.LoopBound | SinkKinds.LibraryPath);

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sanitizer> All = ImmutableArray.CreateRange<Sanitizer>([
        // HTML.
        .. Methods(SinkKinds.Html | SinkKinds.XmlMarkup, "System.Net.WebUtility", "HtmlEncode"),
        .. Methods(SinkKinds.Html | SinkKinds.XmlMarkup, "System.Web.HttpUtility", "HtmlEncode", "HtmlAttributeEncode"),
        .. Methods(SinkKinds.Html | SinkKinds.XmlMarkup, "System.Web.HttpServerUtility", "HtmlEncode"),
        .. Methods(SinkKinds.Html | SinkKinds.XmlMarkup, "System.Web.HttpServerUtilityBase", "HtmlEncode"),
        .. Methods(SinkKinds.Html | SinkKinds.XmlMarkup, "System.Web.Mvc.HtmlHelper", "Encode", "AttributeEncode"),
        .. Methods(SinkKinds.Html, "Microsoft.AspNetCore.Mvc.Rendering.IHtmlHelper", "Encode"),
        .. Methods(SinkKinds.Html | SinkKinds.Script | SinkKinds.XmlMarkup, "Microsoft.Security.Application.Encoder", "HtmlEncode", "HtmlAttributeEncode", "XmlEncode", "XmlAttributeEncode", "JavaScriptEncode"),
        .. Methods(SinkKinds.Html | SinkKinds.Script, "Microsoft.Security.Application.Sanitizer", "GetSafeHtml", "GetSafeHtmlFragment"),
        .. Methods(SinkKinds.Html | SinkKinds.Script | SinkKinds.XmlMarkup, "System.Web.Security.AntiXss.AntiXssEncoder", "HtmlEncode", "XmlEncode", "XmlAttributeEncode"),
        .. Methods(SinkKinds.Html, "Ganss.Xss.IHtmlSanitizer", "Sanitize", "SanitizeDocument"),
        .. Methods(SinkKinds.Html, "Ganss.Xss.HtmlSanitizer", "Sanitize", "SanitizeDocument"),
        .. Methods(SinkKinds.Html, "Vereyon.Web.HtmlSanitizer", "Sanitize"),
        .. Methods(SinkKinds.XmlMarkup | SinkKinds.Html, "System.Security.SecurityElement", "Escape"),
        .. Methods(SinkKinds.XmlMarkup | SinkKinds.XPath | SinkKinds.Html, "System.Xml.XmlConvert", "EncodeName", "EncodeLocalName", "EncodeNmToken", "VerifyName", "VerifyNCName"),

        // System.Text.Encodings.Web: one method, three encoders.
        Sanitizer.ReturnValue(SinkKinds.Html | SinkKinds.XmlMarkup | Line, "System.Text.Encodings.Web.TextEncoder", "Encode", includeImplementations: true, when: static call => IsEncoder(call, "HtmlEncoder")),
        Sanitizer.ReturnValue(SinkKinds.Html | SinkKinds.Script | Line, "System.Text.Encodings.Web.TextEncoder", "Encode", includeImplementations: true, when: static call => IsEncoder(call, "JavaScriptEncoder")),
        Sanitizer.ReturnValue(Percent, "System.Text.Encodings.Web.TextEncoder", "Encode", includeImplementations: true, when: static call => IsEncoder(call, "UrlEncoder")),
        .. Methods(SinkKinds.Script | SinkKinds.Html | Line, "System.Web.HttpUtility", "JavaScriptStringEncode"),

        // JSON keeps < > & ' and line breaks escaped by default.
        .. Methods(SinkKinds.Script | SinkKinds.Html | Line, "System.Text.Json.JsonSerializer", "Serialize", "SerializeToUtf8Bytes"),
        .. Methods(SinkKinds.Script | Line, "Newtonsoft.Json.JsonConvert", "SerializeObject", "ToString"),

        // Percent encoding. Path segments of dots only are not encoded, so paths stay a sink for them.
        .. Methods(Percent & ~(SinkKinds.Path | SinkKinds.ArchivePath), "System.Uri", "EscapeDataString", "HexEscape"),
        .. Methods(Percent & ~(SinkKinds.Path | SinkKinds.ArchivePath), "System.Net.WebUtility", "UrlEncode"),
        .. Methods(Percent & ~(SinkKinds.Path | SinkKinds.ArchivePath), "System.Web.HttpUtility", "UrlEncode", "UrlEncodeUnicode"),
        .. Methods(Percent & ~(SinkKinds.Path | SinkKinds.ArchivePath), "System.Web.HttpServerUtility", "UrlEncode", "UrlTokenEncode"),
        .. Methods(SinkKinds.AllInjection & ~(SinkKinds.Path | SinkKinds.ArchivePath | SinkKinds.LdapFilter | SinkKinds.Code | SinkKinds.Template), "System.Convert", "ToBase64String"),
        .. Methods(SinkKinds.AllInjection, "System.Convert", "ToHexString", "ToHexStringLower"),
        .. Methods(SinkKinds.AllInjection, "System.BitConverter", "ToString"),
        .. Methods(SinkKinds.AllInjection, "System.Security.Cryptography.HashAlgorithm", "ComputeHash", "ComputeHashAsync"),
        .. Methods(SinkKinds.AllInjection, "System.Security.Cryptography.SHA256", "HashData", "HashDataAsync"),
        .. Methods(SinkKinds.AllInjection, "System.Security.Cryptography.SHA512", "HashData", "HashDataAsync"),
        .. Methods(SinkKinds.AllInjection, "System.Security.Cryptography.SHA1", "HashData", "HashDataAsync"),
        .. Methods(SinkKinds.AllInjection, "System.Security.Cryptography.MD5", "HashData", "HashDataAsync"),

        // An address in its text form is digits, dots and colons.
        .. Methods(SinkKinds.AllInjection & ~(SinkKinds.RequestHost | SinkKinds.ConnectionHost | SinkKinds.Redirect), "System.Net.IPAddress", "ToString", "Parse"),

        // Patterns, names, quoted identifiers.
        .. Methods(SinkKinds.RegexPattern, "System.Text.RegularExpressions.Regex", "Escape"),
        .. Methods(SinkKinds.Sql, "System.Data.Common.DbCommandBuilder", "QuoteIdentifier"),
        .. Methods(SinkKinds.Sql, "Microsoft.EntityFrameworkCore.Storage.ISqlGenerationHelper", "DelimitIdentifier"),
        .. Methods(SinkKinds.LdapFilter, "Microsoft.Security.Application.Encoder", "LdapFilterEncode"),
        .. Methods(SinkKinds.LdapName, "Microsoft.Security.Application.Encoder", "LdapDistinguishedNameEncode"),

        // SecurityToolchain.Runtime reference.
        .. Methods(SinkKinds.Html | SinkKinds.XmlMarkup, Output, "ForHtml"),
        .. Methods(SinkKinds.Script | SinkKinds.Html | Line, Output, "ForJavaScriptString"),
        .. Methods(Percent & ~(SinkKinds.Path | SinkKinds.ArchivePath), Output, "ForUrlComponent"),
        .. Methods(Line, Output, "ForLog"),
        .. Methods(SinkKinds.LdapFilter, Output, "ForLdapFilter"),
        .. Methods(SinkKinds.LdapName, Output, "ForLdapDistinguishedName"),
        .. Methods(SinkKinds.XPath, Output, "ForXPathLiteral"),
        .. Methods(SinkKinds.RegexPattern, "SecurityToolchain.Runtime.Input.SafeRegex", "Create", "CreateWhole"),

        // Line breaks that are taken out.
        .. Methods(Line, "System.String", "ReplaceLineEndings"),
        Sanitizer.ReturnValue(Line, "System.String", "Replace", when: static call => Replaces(call, static from => from.IndexOfAny(['\r', '\n']) >= 0)),

        // RFC 4515 by hand: parentheses and asterisks become \28 ...
        Sanitizer.ReturnValue(SinkKinds.LdapFilter, "System.String", "Replace", when: static call => ReplacesBy(call, static from => from is "*" or "(" or ")", static to => to.StartsWith("\\", StringComparison.Ordinal))),
        Sanitizer.ReturnValue(SinkKinds.Html, "System.String", "Replace", when: static call => ReplacesBy(call, static from => from == "<", static to => to is "&lt;" or "")),

        // What undoes an encoding gives back what went into it.
        .. Decoders("System.Convert", "FromBase64String", "FromHexString", "FromBase64CharArray"),
        .. Decoders("System.Uri", "UnescapeDataString"),
        .. Decoders("System.Net.WebUtility", "UrlDecode", "HtmlDecode"),
        .. Decoders("System.Web.HttpUtility", "UrlDecode", "HtmlDecode"),
        .. Decoders("System.Web.HttpServerUtility", "UrlDecode", "HtmlDecode", "UrlTokenDecode"),
        .. Decoders("System.Web.HttpServerUtilityBase", "UrlDecode", "HtmlDecode"),
        .. Decoders("Microsoft.AspNetCore.WebUtilities.WebEncoders", "Base64UrlDecode"),
        .. Decoders("Microsoft.AspNetCore.WebUtilities.Base64UrlTextEncoder", "Decode"),
        .. Decoders("System.Text.RegularExpressions.Regex", "Unescape"),

        // EF Core's interpolated methods and Dapper's parameters take values, not text.
        .. Methods(SinkKinds.Sql, "System.Runtime.CompilerServices.FormattableStringFactory", "Create"),
    ]);

    private static IEnumerable<Sanitizer> Methods(SinkKinds clears, string type, params string[] methods)
    {
        foreach (string method in methods)
            yield return Sanitizer.ReturnValue(clears, type, method, includeImplementations: true);
    }

    private static IEnumerable<Sanitizer> Decoders(string type, params string[] methods)
    {
        foreach (string method in methods)
            yield return Sanitizer.Decoder(type, method, includeImplementations: true);
    }

    private static bool IsEncoder(IOperation operation, string name)
    {
        for (ITypeSymbol? type = (operation as IInvocationOperation)?.Instance?.WithoutConversions().Type; type is not null; type = type.BaseType)
        {
            if (type.Name == name)
                return true;
        }

        return false;
    }

    private static bool Replaces(IOperation operation, Func<string, bool> from) => ReplacesBy(operation, from, static to => to.IndexOfAny(['\r', '\n']) < 0);

    private static bool ReplacesBy(IOperation operation, Func<string, bool> from, Func<string, bool> to) =>
        operation is IInvocationOperation { Arguments.Length: >= 2 } call
        && TextOf(call.Arguments[0].Value) is { } old && from(old)
        && TextOf(call.Arguments[1].Value) is { } replacement && to(replacement);

    private static string? TextOf(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true } constant)
            return constant.Value?.ToString() ?? string.Empty;
        return value is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } ? string.Empty
            : value is IPropertyReferenceOperation { Property: { Name: "NewLine", ContainingType.Name: "Environment" } } ? "\n" : null;
    }
}
