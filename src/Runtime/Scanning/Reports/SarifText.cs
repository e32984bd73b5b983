using System.Text;
using System.Text.Json;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>Texts and words as SARIF wants them.</summary>
internal static class SarifText
{
    /// <summary>Writes an object with a text in it.</summary>
    public static void Write(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", WithoutLoneSurrogates(text));
        json.WriteEndObject();
    }

    /// <summary>Replaces halves of characters.</summary>
    /// <remarks>Utf8JsonWriter throws on text that is not valid UTF-16; file names on Linux are bytes and may decode to anything.</remarks>
    public static string WithoutLoneSurrogates(string text)
    {
        foreach (char c in text)
        {
            if (char.IsSurrogate(c))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }

    /// <summary>The word for a severity.</summary>
    public static string Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };
}
