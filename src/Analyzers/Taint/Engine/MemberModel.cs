using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Every row that speaks about one member, with parameters as positions.</summary>
internal sealed class MemberModel
{
    /// <summary>The kinds of the result.</summary>
    public SourceKinds ResultSource { get; set; }

    /// <summary>What messages call the result.</summary>
    public string? ResultText { get; set; }

    /// <summary>Arguments that get new content from a source.</summary>
    public List<(int Parameter, Source Row)> ArgumentSources { get; } = new();

    /// <summary>Delegates whose parameters are sources.</summary>
    public List<(int Parameter, Source Row)> DelegateSources { get; } = new();

    /// <summary>Parameters that are sources because the method implements or overrides a row's member; -1 is every parameter.</summary>
    public List<(int Parameter, Source Row)> EntrySources { get; } = new();

    /// <summary>Sinks by parameter; -1 is every parameter.</summary>
    public List<(int Parameter, Sink Row)> ParameterSinks { get; } = new();

    /// <summary>Sinks for assigned values, the receiver and the result of implementations.</summary>
    public List<Sink> OtherSinks { get; } = new();

    /// <summary>Sanitizers.</summary>
    public List<Sanitizer> Sanitizers { get; } = new();

    /// <summary>Validators by parameter; -1 is the receiver.</summary>
    public List<(int Parameter, Validator Row)> Validators { get; } = new();

    /// <summary>Propagators; a neutral row makes the list not null and adds nothing.</summary>
    public List<Propagator>? Propagators { get; set; }

    /// <summary>Overwrites by parameter; -1 is the receiver.</summary>
    public List<(int Parameter, Overwrite Row)> Overwrites { get; } = new();

    /// <summary>All kinds among the sinks.</summary>
    public SinkKinds SinkKinds { get; set; }

    /// <summary>All kinds among the sources.</summary>
    public SourceKinds SourceKinds { get; set; }
}
