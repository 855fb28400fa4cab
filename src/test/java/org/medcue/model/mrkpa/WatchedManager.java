package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A manager that lets a test look, or interfere, before everything that is asked of it. */
final class WatchedManager {

  private WatchedManager() {}

  static NDManager of(NDManager manager, Runnable before) {
    return (NDManager)
        Proxy.newProxyInstance(
            NDManager.class.getClassLoader(),
            new Class<?>[] {NDManager.class},
            (proxy, method, args) -> {
              before.run();
              try {
                return method.invoke(manager, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
