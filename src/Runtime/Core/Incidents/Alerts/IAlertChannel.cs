namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>A way to reach people.</summary>
public interface IAlertChannel
{
    /// <summary>Named in logs when a delivery fails.</summary>
    string Name { get; }

    /// <summary>Delivers an alert or throws; the dispatcher retries.</summary>
    Task SendAsync(Alert alert, CancellationToken cancellationToken);
}
