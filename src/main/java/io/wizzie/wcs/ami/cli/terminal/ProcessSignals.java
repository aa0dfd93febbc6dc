package io.wizzie.wcs.ami.cli.terminal;

import io.wizzie.wcs.ami.cli.terminal.Environment.Interrupts;
import io.wizzie.wcs.ami.cli.terminal.Environment.Registration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The process's signals.
 *
 * <p>A shutdown hook would not do: it can't tell the second Ctrl-C from the first, nor choose the
 * exit code, and holds every other exit up while it waits for the cleanup.
 */
public final class ProcessSignals implements Interrupts {
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

  @Override
  public Registration handle(Runnable handler) {
    List<Registration> registrations = ENDING.stream().map(name -> handle(name, handler)).toList();
    return () -> registrations.forEach(Registration::close);
  }

  @Override
  public void exitNow(int code) {
    // Not exit: that would wait for hooks, and for whatever they wait for.
    Runtime.getRuntime().halt(code);
  }

  /**
   * Calls {@code handler}, on a thread of its own, at each signal of this name until the result is
   * closed. A signal that the process was started to ignore (nohup) stays ignored.
   *
   * <p>{@code sun.misc.Signal}, which the JDK supports for want of another, is reached by
   * reflection, since naming it is a warning that the compiler can't be told to keep to itself.
   */
  static Registration handle(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, signalHandler);
      Object raised = signal.getConstructor(String.class).newInstance(name);
      Object proxy =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {signalHandler},
              (self, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                  return objectMethod(self, method, arguments);
                }
                handler.run();
                return null;
              });
      Object before = handle.invoke(null, raised, proxy);
      return () -> restore(handle, raised, before);
    } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
      // A system that has no such signal, or a JVM started with -Xrs: it ends the process at once.
      return () -> {};
    }
  }

  private static void restore(Method handle, Object raised, Object before) {
    try {
      handle.invoke(null, raised, before);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("The signal's handler was set, so it can be set back", e);
    }
  }

  private static Object objectMethod(Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "signal handler";
    };
  }
}
