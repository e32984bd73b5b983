using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// Library members whose number tells how much there is, where something stands or how two things compare: nothing of the content itself is
/// in it, so neither text nor the guessability of a number gets through.
/// </summary>
internal static class LibraryMeasures
{
    /// <summary>Whether the member only measures.</summary>
    /// <param name="member">A property or method without code in the compilation.</param>
    public static bool IsMeasure(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: false } property =>
            property.Name is "Length" or "LongLength" or "Count" or "Capacity" or "Position" or "Rank" or "BytesConsumed" or "WrittenCount" or "FreeCapacity" && ValueTypes.IsNumber(property.Type),
        IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension } method => ValueTypes.IsNumber(method.ReturnType) && IsMeasure(method),
        _ => false,
    };

    /// <summary>Whether a parameter of a library member only says how much, how long or where: nothing of the number gets into what comes out.</summary>
    public static bool IsMeasure(IParameterSymbol parameter)
    {
        switch (parameter.Name)
        {
            case "count" or "length" or "capacity" or "totalWidth" or "size" or "bufferSize" or "origin" or "initialCapacity"
                or "maxCapacity" or "maxLength" or "byteIndex" or "byteCount" or "charIndex" or "charCount" or "sourceIndex" or "destinationIndex" or "elementCount" or "chunkSize" or "maxDepth"
                or "millisecondsTimeout" or "timeout" or "millisecondsDelay" or "delay" or "dueTime" or "period" or "digits" or "decimals" or "indexA" or "indexB" or "srcOffset" or "dstOffset"
                or "inputOffset" or "inputCount" or "outputOffset" or "iterations" or "iterationCount" or "minimumLength" or "sizeHint" or "options" or "comparisonType" or "mode" or "provider":
                return ValueTypes.IsNumber(parameter.Type);
            default:
                return false;
        }
    }

    /// <summary>Whether a parameter of a library member says which part of something is wanted.</summary>
    public static bool IsSelector(IParameterSymbol parameter) =>
        parameter.Name is "index" or "startIndex" or "start" or "offset" or "position" or "byteOffset" or "beginIndex" && ValueTypes.IsNumber(parameter.Type);

    private static bool IsMeasure(IMethodSymbol method)
    {
        switch (method.Name)
        {
            case "GetHashCode" or "Compare" or "CompareTo" or "CompareOrdinal" or "BinarySearch" or "FindIndex" or "FindLastIndex" or "Count" or "LongCount" or "CountAsync" or "LongCountAsync"
                or "GetLength" or "GetLongLength" or "GetUpperBound" or "GetLowerBound" or "Seek" or "GetByteCount" or "GetCharCount" or "GetMaxByteCount" or "GetMaxCharCount" or "CommonPrefixLength":
                return true;
            case "Read" or "ReadAsync" or "ReadBlock" or "ReadBlockAsync" or "ReadAtLeast" or "ReadAtLeastAsync" or "Receive" or "ReceiveAsync" or "Send" or "SendAsync" or "GetBytes" or "GetChars"
                or "TransformBlock" or "EncodeToUtf8" or "DecodeFromUtf8":
                // How much went into or came out of the buffer.
                return !method.Parameters.IsEmpty;
            default:
                return method.Name.StartsWith("IndexOf", StringComparison.Ordinal) || method.Name.StartsWith("LastIndexOf", StringComparison.Ordinal);
        }
    }
}
