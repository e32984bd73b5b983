using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>Decides whether bytes are text, and which kind.</summary>
internal static class TextClassifier
{
    private const int SampleLength = 64 << 10;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31]);

    /// <summary>The format of a text, or null when the bytes are not text.</summary>
    public static FileFormat? Classify(ReadOnlySpan<byte> head, string extension)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return FileFormats.Get("utf32-text");
        if (head.Length >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF)))
            return FileFormats.Get("utf16-text");
        ReadOnlySpan<byte> sample = head.Length > SampleLength ? head[..SampleLength] : head;
        bool mark = sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        if (mark)
            sample = sample[3..];
        if (sample.ContainsAny(Controls))
            return LooksLikeUtf16(sample) ? FileFormats.Get("utf16-text") : null;
        if (!IsUtf8(sample, head.Length > SampleLength))
            return HighShare(sample) < 0.4 ? Refine(sample, extension) is { } known && known != FileFormats.Text ? known : FileFormats.Get("latin-text") : null;
        return Refine(sample, extension);
    }

    private static FileFormat Refine(ReadOnlySpan<byte> sample, string extension)
    {
        ReadOnlySpan<byte> text = sample.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("#!"u8))
            return Interpreter(text);
        if (text.StartsWith("<?php"u8))
            return FileFormats.Get("php-script");
        if (text.StartsWith("-----BEGIN OPENSSH"u8))
            return FileFormats.Get("openssh-private-key");
        if (text.StartsWith("-----BEGIN "u8))
            return FileFormats.Get("pem");
        if (text.Length > 0 && text[0] == (byte)'<')
            return Markup(text, extension);
        if (StartsWithIgnoreCase(text, "@echo off"u8))
            return FileFormats.Get("batch-script");
        if (extension is ".ps1" or ".psm1" or ".psd1")
            return FileFormats.Get("powershell-script");
        if (extension is ".bat" or ".cmd")
            return FileFormats.Get("batch-script");
        if (extension is ".sh" or ".bash" or ".zsh")
            return FileFormats.Get("shell-script");
        if (extension is ".py" or ".pyw")
            return FileFormats.Get("python-script");
        if (text.Length > 0 && text[0] is (byte)'{' or (byte)'[' && IsJson(text))
            return FileFormats.Get("json");
        return FileFormats.Text;
    }

    private static FileFormat Interpreter(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? text[..Math.Min(text.Length, 256)] : text[..end];
        if (line.IndexOf("python"u8) >= 0)
            return FileFormats.Get("python-script");
        if (line.IndexOf("pwsh"u8) >= 0)
            return FileFormats.Get("powershell-script");
        if (line.IndexOf("php"u8) >= 0)
            return FileFormats.Get("php-script");
        return FileFormats.Get(line.IndexOf("sh"u8) >= 0 ? "shell-script" : "interpreter-script");
    }

    private static FileFormat Markup(ReadOnlySpan<byte> text, string extension)
    {
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, 1024)];
        if (StartsWithIgnoreCase(text, "<!doctype html"u8) || StartsWithIgnoreCase(text, "<html"u8))
            return FileFormats.Get("html");
        if (head.IndexOf("<svg"u8) >= 0)
            return FileFormats.Get("svg");
        if (extension is ".html" or ".htm" or ".cshtml" or ".razor" or ".vue" or ".aspx")
            return FileFormats.Get("html");
        if (text.StartsWith("<?xml"u8))
            return FileFormats.Get("xml");
        return text.Length > 2 && (char.IsAsciiLetter((char)text[1]) || text.StartsWith("<!--"u8)) && text.IndexOf((byte)'>') > 0 && text.IndexOf("</"u8) > 0
            ? FileFormats.Get("xml")
            : FileFormats.Text;
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 }));
        try
        {
            int tokens = 0;
            while (reader.Read())
                tokens++;
            return tokens > 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> sample, bool cut)
    {
        if (cut)
        {
            // A character may be cut in two at the end of the sample.
            for (int drop = 0; drop < 4 && sample.Length > drop; drop++)
            {
                if (Utf8.IsValid(sample[..^drop]))
                    return true;
            }

            return false;
        }

        return Utf8.IsValid(sample);
    }

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> sample)
    {
        if (sample.Length < 16)
            return false;
        ReadOnlySpan<byte> part = sample[..(Math.Min(sample.Length, 1024) & ~1)];
        int low = 0, high = 0, other = 0;
        for (int i = 0; i < part.Length; i += 2)
        {
            if (part[i + 1] == 0 && IsPlain(part[i]))
                low++;
            else if (part[i] == 0 && IsPlain(part[i + 1]))
                high++;
            else
                other++;
        }

        return Math.Max(low, high) > 0 && Math.Min(low, high) == 0 && other * 20 <= part.Length / 2;
    }

    private static bool IsPlain(byte value) => value is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static double HighShare(ReadOnlySpan<byte> sample)
    {
        int high = 0;
        foreach (byte value in sample)
        {
            if (value is >= 0x80 and < 0xA0)
                high += 4;
            else if (value >= 0xA0)
                high++;
        }

        return sample.IsEmpty ? 0 : (double)high / sample.Length;
    }

    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix);
}
