using System;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Whom the code does not trust; <c>security_toolchain.threat_models</c> lists them, the default is <c>remote</c>.</summary>
[Flags]
internal enum ThreatModels
{
    /// <summary>None: only value origins are followed.</summary>
    None = 0,

    /// <summary>Remote parties (<see cref="SourceKinds.Remote"/>).</summary>
    Remote = 1,

    /// <summary>The user and the machine that run the program (<see cref="SourceKinds.Local"/>).</summary>
    Local = 2,

    /// <summary>Databases, queues and shared caches (<see cref="SourceKinds.Stored"/>).</summary>
    Stored = 4,
}
