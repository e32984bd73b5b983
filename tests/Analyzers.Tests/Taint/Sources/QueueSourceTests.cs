namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Consumers of queues; libraries that do not restore are stubs under the real names.</summary>
public sealed class QueueSourceTests
{
    [Fact]
    public Task Consumers_AreSources() => LineVerifier.VerifyWithLibrariesAsync("STC1005", """
        namespace MassTransit { public interface ConsumeContext<T> { T Message { get; } } public interface IConsumer<T> { Task Consume(ConsumeContext<T> context); } }
        namespace NServiceBus { public interface IMessageHandlerContext { } public interface IHandleMessages<T> { Task Handle(T message, IMessageHandlerContext context); } }
        namespace Confluent.Kafka { public class Message<K, V> { public K Key { get; set; } = default!; public V Value { get; set; } = default!; } public class ConsumeResult<K, V> { public Message<K, V> Message { get; set; } = null!; public string Topic { get; set; } = ""; } public interface IConsumer<K, V> { ConsumeResult<K, V> Consume(CancellationToken t); } }
        namespace Azure.Messaging.ServiceBus { public class ServiceBusReceivedMessage { public BinaryData Body { get; } = null!; public string Subject { get; } = ""; } public class ProcessMessageEventArgs { public ServiceBusReceivedMessage Message { get; } = null!; } }
        namespace Amazon.Lambda.SQSEvents { public class SQSEvent { public List<SQSMessage> Records { get; set; } = null!; public class SQSMessage { public string Body { get; set; } = ""; } } }
        namespace App { public class Cmd { public string Name { get; set; } = ""; public int N { get; set; } }
         public class C1 : MassTransit.IConsumer<Cmd> { public Task Consume(MassTransit.ConsumeContext<Cmd> context) { File.Delete(context.Message.Name); File.Delete("/d/" + context.Message.N); return Task.CompletedTask; } } // finds STC1005
         public class C2 : NServiceBus.IHandleMessages<Cmd> { public Task Handle(Cmd message, NServiceBus.IMessageHandlerContext context) { File.Delete(message.Name); return Task.CompletedTask; } } // finds STC1005
         public class C3 { void A(Confluent.Kafka.IConsumer<string, string> c) { var r = c.Consume(default); File.Delete(r.Message.Value); } // finds STC1005
          async Task B(Azure.Messaging.ServiceBus.ProcessMessageEventArgs a) { var s = a.Message.Body.ToString(); File.Delete(s); } // finds STC1005
          void C(Amazon.Lambda.SQSEvents.SQSEvent e) { foreach (var r in e.Records) File.Delete(r.Body); } // finds STC1005
          void D(RabbitMQ.Client.Events.BasicDeliverEventArgs e) { File.Delete(Encoding.UTF8.GetString(e.Body.ToArray())); } // finds STC1005
          void E(RabbitMQ.Client.Events.AsyncEventingBasicConsumer c) { c.ReceivedAsync += async (s, e) => { File.Delete(Encoding.UTF8.GetString(e.Body.Span)); await Task.Yield(); }; } // finds STC1005
         } }
        """, "remote, local, stored");
}
